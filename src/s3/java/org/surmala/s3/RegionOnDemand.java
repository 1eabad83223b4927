package org.surmala.s3;

import java.util.List;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.options.PipelineOptions;
import org.surmala.runner.FileSystemDefaults;

/**
 * Leaves the region to the client of S3, which looks it up when the first {@code s3://} path is
 * used. Beam would look it up at the start of every pipeline, and where no region is set this waits
 * more than a second for the metadata service of EC2.
 */
public final class RegionOnDemand implements FileSystemDefaults {
  /** Called by {@link java.util.ServiceLoader}. */
  public RegionOnDemand() {}

  @Override
  @SuppressWarnings("NullAway") // The default is not computed for an option that is null.
  public void fill(PipelineOptions options, List<String> typed) {
    if (typed.stream().noneMatch(option -> option.startsWith("--awsRegion"))) {
      options.as(S3Options.class).setAwsRegion(null);
    }
  }
}
