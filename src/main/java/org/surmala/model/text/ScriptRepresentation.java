package org.surmala.model.text;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.surmala.model.FittedModel;
import org.surmala.model.InputSpec;
import org.surmala.model.LoadableRepresentation;
import org.surmala.model.OptionReader;
import org.surmala.model.Representations;
import org.surmala.model.Tensors;
import org.surmala.model.TrainingRows;
import org.surmala.schema.Model;
import org.surmala.schema.Tensor;

/**
 * The script of the lyrics: the share of letters in each Unicode script of the training set (Latin,
 * Bengali, …). A baseline: what the script alone predicts of a label, a lyrics model has not
 * learned from the music.
 */
public final class ScriptRepresentation extends LoadableRepresentation {
  private static final String PREFIX = "script.";

  public ScriptRepresentation(OptionReader reader) {
    super("script", reader);
  }

  @Override
  public InputSpec inputSpec() {
    return InputSpec.VECTOR_AND_LYRICS;
  }

  @Override
  public FittedModel fit(TrainingRows table, Setting setting) {
    Representations.requireRows(table);
    TreeSet<String> scripts = new TreeSet<>();
    for (int row = 0; row < table.rows(); row++) {
      String lyrics = table.lyrics(row);
      if (lyrics != null) {
        lyrics.codePoints().filter(Character::isLetter).forEach(c -> scripts.add(name(c)));
      }
    }
    if (scripts.isEmpty()) {
      throw new IllegalArgumentException(
          "the model script needs lyrics, and no song has any: fill the column lyrics of"
              + " metadata.csv, or leave the model out");
    }
    return model(List.copyOf(scripts), table.columns());
  }

  @Override
  public FittedModel load(Model model) {
    List<String> scripts =
        model.getTensors().stream()
            .map(Tensor::getName)
            .filter(name -> name.startsWith(PREFIX))
            .map(name -> name.substring(PREFIX.length()))
            .toList();
    return model(scripts, model.getInputDimensions());
  }

  private FittedModel model(List<String> scripts, int features) {
    return new TextModel(
        kind(),
        features,
        scripts.size(),
        new TextModel.Reader() {
          @Override
          public float @Nullable [] vector(@Nullable String lyrics) {
            return lyrics == null ? null : shares(lyrics, scripts);
          }

          @Override
          public List<Tensor> tensors() {
            List<Tensor> tensors = new ArrayList<>();
            for (int i = 0; i < scripts.size(); i++) {
              // The index of the script's share.
              tensors.add(Tensors.tensor(PREFIX + scripts.get(i), new float[] {i}, 1));
            }
            return tensors;
          }
        });
  }

  private static float @Nullable [] shares(String lyrics, List<String> scripts) {
    int[] letters = lyrics.codePoints().filter(Character::isLetter).toArray();
    if (letters.length == 0) {
      return null;
    }
    float[] shares = new float[scripts.size()];
    for (int letter : letters) {
      int script = scripts.indexOf(name(letter));
      // Scripts that are not in the training set are ignored.
      if (script >= 0) {
        shares[script]++;
      }
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= letters.length;
    }
    return shares;
  }

  private static String name(int letter) {
    return UnicodeScript.of(letter).name().toLowerCase(Locale.ROOT);
  }
}
