package org.surmala.model;

import org.surmala.schema.Model;

/** A representation that can load its saved models. */
public interface LoadableRepresentation extends Representation {
  /** Loads a model that {@link FittedModel#toModel} saved. */
  FittedModel load(Model model);
}
