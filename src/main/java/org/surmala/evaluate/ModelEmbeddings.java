package org.surmala.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.surmala.schema.Embedding;

/**
 * The songs under one model.
 *
 * @param ids ids, ascending
 * @param points one row for each id
 * @param directions coordinates along the song directions; empty rows if the model has none
 */
record ModelEmbeddings(List<String> ids, double[][] points, double[][] directions) {
  static ModelEmbeddings of(Iterable<Embedding> embeddings) {
    List<Embedding> sorted = new ArrayList<>();
    embeddings.forEach(sorted::add);
    sorted.sort(Comparator.comparing(Embedding::getId));
    return new ModelEmbeddings(
        sorted.stream().map(Embedding::getId).toList(),
        rows(sorted, Embedding::getVector),
        rows(sorted, e -> Objects.requireNonNullElse(e.getDirections(), List.of())));
  }

  private static double[][] rows(
      List<Embedding> embeddings, Function<Embedding, List<Float>> values) {
    return embeddings.stream()
        .map(e -> values.apply(e).stream().mapToDouble(Float::doubleValue).toArray())
        .toArray(double[][]::new);
  }
}
