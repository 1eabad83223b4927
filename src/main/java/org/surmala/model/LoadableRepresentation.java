package org.surmala.model;

import org.surmala.schema.Model;

/** A representation that knows its own models again. */
public interface LoadableRepresentation extends Representation {
  /** The model that {@link FittedModel#toModel} of one of its fits gave. */
  FittedModel load(Model model);
}
