package org.surmala.report;

import java.util.Locale;
import java.util.Map;

/** The spelling of configuration names in results. */
final class Terms {
  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("raw", "raw features"),
          Map.entry("pca", "PCA"),
          Map.entry("ae", "AE"),
          Map.entry("vae", "VAE"),
          Map.entry("beta_vae", "β-VAE"),
          Map.entry("sigma_vae", "σ-VAE"),
          Map.entry("song_lda", "song directions"),
          Map.entry("neighbour_vae", "neighbour VAE"),
          Map.entry("conv_vae", "Conv-VAE"),
          Map.entry("cvae", "CVAE"),
          Map.entry("vade", "VaDE"),
          Map.entry("audio_lyrics", "VAE of audio and lyrics"),
          Map.entry("lyrics", "lyrics alone"),
          Map.entry("script", "script of the lyrics"),
          Map.entry("mutual_proximity", "mutual proximity"),
          Map.entry("mutual_proximity_and_directions", "mutual proximity, with directions"),
          Map.entry("near_duplicates", "near-duplicates"),
          Map.entry("umap", "UMAP"),
          Map.entry("tsne", "t-SNE"),
          Map.entry("kmeans", "K-Means"),
          Map.entry("ward", "Ward"),
          Map.entry("average", "average linkage"),
          Map.entry("complete", "complete linkage"),
          Map.entry("dbscan", "DBSCAN"),
          Map.entry("hdbscan", "HDBSCAN"),
          Map.entry("gmm", "Gaussian mixture"),
          Map.entry("gmm_full", "Gaussian mixture, full"),
          Map.entry("gmm_diagonal", "Gaussian mixture, diagonal"),
          Map.entry("spectral", "spectral"));

  private Terms() {}

  /** The usual spelling of a representation, clusterer or map; the name itself when unknown. */
  static String of(String name) {
    return KNOWN.getOrDefault(name.toLowerCase(Locale.ROOT).replace('-', '_'), name);
  }

  /** A count with its noun: 1 cluster, 12 clusters. */
  static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** The text with a capital first letter. */
  static String capital(String text) {
    return text.substring(0, text.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT)
        + text.substring(text.offsetByCodePoints(0, 1));
  }
}
