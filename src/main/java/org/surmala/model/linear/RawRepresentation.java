package org.surmala.model.linear;

import org.surmala.model.Diagnostics;
import org.surmala.model.FittedModel;
import org.surmala.model.InputSpec;
import org.surmala.model.LoadableRepresentation;
import org.surmala.model.OptionReader;
import org.surmala.model.PreprocessOptions;
import org.surmala.model.Preprocessor;
import org.surmala.model.Representations;
import org.surmala.model.TrainingRows;
import org.surmala.schema.Model;

/**
 * The preprocessed features themselves: {@code raw}, the simplest baseline; and {@code onnx}, the
 * embedding of the user's pretrained model.
 */
public final class RawRepresentation extends LoadableRepresentation {
  private final InputSpec inputSpec;
  private final PreprocessOptions preprocess;

  private RawRepresentation(String kind, InputSpec.Part part, OptionReader reader) {
    super(kind, reader);
    inputSpec = InputSpec.VECTOR.of(part);
    preprocess = PreprocessOptions.read(reader);
  }

  /** The features. */
  public static RawRepresentation raw(OptionReader reader) {
    return new RawRepresentation("raw", reader.choice("input", InputSpec.Part.AUTO), reader);
  }

  /** The embedding. */
  public static RawRepresentation onnx(OptionReader reader) {
    return new RawRepresentation("onnx", InputSpec.Part.EMBEDDING, reader);
  }

  @Override
  public InputSpec inputSpec() {
    return inputSpec;
  }

  @Override
  public FittedModel fit(TrainingRows table, Setting setting) {
    Representations.requireRows(table);
    setting.requireGroupsFor(table.columns());
    return LinearModel.fitted(
        kind(),
        inputSpec,
        Preprocessor.fit(table, preprocess, setting.groups()),
        new float[0],
        table,
        setting.groups());
  }

  @Override
  public FittedModel load(Model model) {
    return new LinearModel(
        kind(),
        inputSpec,
        Preprocessor.load(model, preprocess),
        new float[0],
        Diagnostics.read(model));
  }
}
