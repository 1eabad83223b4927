package org.surmala.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.surmala.schema.Embedding;

/**
 * The songs of one model.
 *
 * @param ids ascending
 * @param points one row for each id
 */
// Carries arrays; never compared.
@SuppressWarnings("ArrayRecordComponent")
record ModelEmbeddings(List<String> ids, double[][] points) {
  static ModelEmbeddings of(Iterable<Embedding> embeddings) {
    List<Embedding> sorted = new ArrayList<>();
    embeddings.forEach(sorted::add);
    sorted.sort(Comparator.comparing(Embedding::getId));
    return new ModelEmbeddings(
        sorted.stream().map(Embedding::getId).toList(),
        sorted.stream()
            .map(e -> e.getVector().stream().mapToDouble(Float::doubleValue).toArray())
            .toArray(double[][]::new));
  }
}
