package org.surmala.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.aws2.s3.DefaultS3ClientBuilderFactory;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.common.ReflectHelpers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.runner.BeamRun;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A metadata service that counts the requests stands for that of EC2. */
final class RegionOnDemandTest {
  private final Properties before = new Properties();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  @TempDir private Path folder;
  private HttpServer metadata;

  @BeforeEach
  void start() throws IOException {
    assumeThat(System.getenv("AWS_REGION")).isNull();
    metadata = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    metadata.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          requests.add(path);
          byte[] answer =
              (path.endsWith("/token") ? "token" : "{\"region\": \"eu-north-1\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    metadata.start();
    before.putAll(System.getProperties());
    System.setProperty("aws.disableEc2Metadata", "false");
    System.setProperty(
        "aws.ec2MetadataServiceEndpoint", "http://127.0.0.1:" + metadata.getAddress().getPort());
    System.setProperty("aws.configFile", folder.resolve("config").toString());
    System.setProperty("aws.sharedCredentialsFile", folder.resolve("credentials").toString());
  }

  @AfterEach
  void stop() {
    if (metadata != null) {
      metadata.stop(0);
      System.setProperties(before);
    }
  }

  private static Region region(PipelineOptions options) {
    try (S3Client client =
        new DefaultS3ClientBuilderFactory().createBuilder(options.as(S3Options.class)).build()) {
      return client.serviceClientConfiguration().region();
    }
  }

  @Test
  void givenNoRegion_whenAPipelineIsPrepared_thenItIsLookedUpByTheFirstClientOnly()
      throws IOException {
    PipelineOptions options = BeamRun.under(List.of()).pipeline().getOptions();
    assertThat(requests).isEmpty();

    assertThat(region(options)).isEqualTo(Region.EU_NORTH_1);
    assertThat(requests).contains("/latest/dynamic/instance-identity/document");
  }

  /** As on a worker of a cluster. */
  @Test
  void givenOptionsThatWereSent_whenAWorkerStarts_thenItLooksUpNoRegion() throws IOException {
    PipelineOptions options = BeamRun.under(List.of()).pipeline().getOptions();
    ObjectMapper mapper =
        new ObjectMapper()
            .registerModules(ObjectMapper.findModules(ReflectHelpers.findClassLoader()));

    FileSystems.setDefaultPipelineOptions(
        mapper.readValue(mapper.writeValueAsString(options), PipelineOptions.class));

    assertThat(requests).isEmpty();
  }

  @Test
  void givenARegion_whenAClientIsMade_thenItHasThatRegion() {
    PipelineOptions options =
        BeamRun.under(List.of("--awsRegion=ap-south-1")).pipeline().getOptions();

    assertThat(region(options)).isEqualTo(Region.AP_SOUTH_1);
    assertThat(requests).isEmpty();
  }
}
