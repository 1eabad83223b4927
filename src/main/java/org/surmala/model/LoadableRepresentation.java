package org.surmala.model;

import java.util.Map;
import org.surmala.schema.Model;

/** A representation that reads options and can load its saved models. */
public abstract class LoadableRepresentation implements Representation {
  private final String kind;
  private final OptionReader reader;

  /** The constructor of a subclass reads all its options from this reader. */
  protected LoadableRepresentation(String kind, OptionReader reader) {
    this.kind = kind;
    this.reader = reader;
  }

  @Override
  public final String kind() {
    return kind;
  }

  @Override
  public final Map<String, String> options() {
    return reader.all();
  }

  /** Loads a model that {@link FittedModel#toModel} saved. */
  public abstract FittedModel load(Model model);
}
