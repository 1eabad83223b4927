package org.surmala.nn;

import org.surmala.schema.Model;

/** A representation that knows its own models again. */
interface LoadableRepresentation extends Representation {
  /** The model that {@link FittedModel#toModel} of one of its fits gave. */
  FittedModel load(Model model);
}
