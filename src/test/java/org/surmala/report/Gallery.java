package org.surmala.report;

public final class Gallery {
  public static void main(String[] a) throws Exception {
    org.apache.beam.sdk.io.FileSystems.setDefaultPipelineOptions(
        org.apache.beam.sdk.options.PipelineOptionsFactory.create());
    String dir = a[0];
    int n = Integer.parseInt(a[1]);
    ReportOptions o = new ReportOptions(dir + "/results/", dir + "/data/", "vae", "kmeans", 11);
    MadeUpRun run = new MadeUpRun(n, Integer.parseInt(a[2]), Integer.parseInt(a[3]), 1);
    long t = System.nanoTime();
    SongMap.of(
        run.embeddings().stream().filter(e -> e.getRepresentation().equals("vae")).toList(), 3);
    System.out.println("map " + (System.nanoTime() - t) / 1e9);
    t = System.nanoTime();
    ResultsFolder.write(o, run.records(o.data()));
    System.out.println("all " + (System.nanoTime() - t) / 1e9);
  }
}
