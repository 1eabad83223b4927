package org.surmala.model.text;

import java.util.ArrayList;
import java.util.List;
import org.surmala.model.nn.Activation;
import org.surmala.model.nn.Layer;
import org.surmala.model.nn.NetworkLayout;

/**
 * The shape of a VAE of features and text: each has an encoder, whose head gives means and
 * log-variances in the shared latent space, and a mirrored decoder.
 *
 * @param features number of values of the song vector
 * @param text number of values of the vectorised lyrics
 */
record MultimodalNetwork(
    int features,
    int text,
    List<Integer> hidden,
    List<Integer> textHidden,
    int latent,
    Activation activation) {
  MultimodalNetwork {
    hidden = List.copyOf(hidden);
    textHidden = List.copyOf(textHidden);
  }

  /** The four parts of the network, by the prefix of their layers' names. */
  enum Part {
    ENCODER("enc"),
    TEXT_ENCODER("text_enc"),
    DECODER("dec"),
    TEXT_DECODER("text_dec");

    private final String prefix;

    Part(String prefix) {
      this.prefix = prefix;
    }
  }

  /** The layers of all parts. */
  NetworkLayout layout() {
    List<Layer> layers = new ArrayList<>();
    for (Part part : Part.values()) {
      List<Integer> widths = widths(part);
      for (int i = 1; i < widths.size(); i++) {
        boolean last = i == widths.size() - 1;
        layers.add(
            Layer.affine(
                part.prefix + i,
                widths.get(i - 1),
                widths.get(i),
                last && encodes(part),
                false,
                last ? null : activation));
      }
    }
    return NetworkLayout.of(layers);
  }

  /** The layers of a part, in order. */
  List<Layer> layers(Part part) {
    return layout().layers().stream()
        .filter(layer -> layer.name().startsWith(part.prefix))
        .toList();
  }

  private static boolean encodes(Part part) {
    return part == Part.ENCODER || part == Part.TEXT_ENCODER;
  }

  private List<Integer> widths(Part part) {
    boolean ofText = part == Part.TEXT_ENCODER || part == Part.TEXT_DECODER;
    boolean encodes = encodes(part);
    List<Integer> between = ofText ? textHidden : hidden;
    int outside = ofText ? text : features;
    List<Integer> widths = new ArrayList<>();
    widths.add(encodes ? outside : latent);
    for (int i = 0; i < between.size(); i++) {
      widths.add(between.get(encodes ? i : between.size() - 1 - i));
    }
    widths.add(encodes ? 2 * latent : outside);
    return widths;
  }
}
