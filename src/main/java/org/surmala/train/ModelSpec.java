package org.surmala.train;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.surmala.model.Representation;
import org.surmala.model.Representations;

/**
 * A model to fit.
 *
 * @param name name of the model in results and of its file: lower-case letters, digits, '_' and
 *     '-', starting with a letter
 * @param kind kind of representation, one of {@link Representations#kinds()}
 * @param options options of that kind, by their names in the pipeline's YAML; others have their
 *     defaults
 */
public record ModelSpec(String name, String kind, Map<String, String> options)
    implements Serializable {
  /**
   * @throws IllegalArgumentException if the name is invalid, the kind is unknown, or an option is
   *     unknown or out of range
   */
  public ModelSpec {
    if (!name.matches("[a-z][a-z0-9_-]*")) {
      throw new IllegalArgumentException(
          "a model is named '"
              + name
              + "'; give lower-case letters, digits, '_' and '-', beginning with a letter");
    }
    options = Map.copyOf(options);
    Representations.of(kind, options);
  }

  /** A model with the kind's name and default options. */
  public static ModelSpec of(String kind) {
    return new ModelSpec(kind, kind, Map.of());
  }

  Representation representation() {
    return Representations.of(kind, new TreeMap<>(options));
  }
}
