package org.surmala.model.linear;

import java.util.Map;
import org.surmala.model.Diagnostics;
import org.surmala.model.FittedModel;
import org.surmala.model.LoadableRepresentation;
import org.surmala.model.OptionReader;
import org.surmala.model.PreprocessOptions;
import org.surmala.model.Preprocessor;
import org.surmala.model.Representations;
import org.surmala.model.TrainingRows;
import org.surmala.schema.Model;

/** The features themselves, preprocessed: the baseline of baselines. */
public final class RawRepresentation implements LoadableRepresentation {
  private final PreprocessOptions preprocess;
  private final Map<String, String> options;

  public RawRepresentation(OptionReader reader) {
    preprocess = PreprocessOptions.read(reader);
    options = reader.all();
  }

  @Override
  public String kind() {
    return "raw";
  }

  @Override
  public Map<String, String> options() {
    return options;
  }

  @Override
  public FittedModel fit(TrainingRows table, Setting setting) {
    Representations.requireRows(table);
    setting.requireGroupsFor(table.columns());
    return LinearModel.fitted(
        kind(),
        Preprocessor.fit(table, preprocess, setting.groups()),
        new float[0],
        table,
        setting.groups());
  }

  @Override
  public FittedModel load(Model model) {
    return new LinearModel(
        kind(), Preprocessor.load(model, preprocess), new float[0], Diagnostics.read(model));
  }
}
