package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Adobe's S3Mock with one bucket: a server of S3's protocol on loopback, in a separate process. */
final class S3Server implements AutoCloseable {
  static final String BUCKET = "music";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final String address;
  private final S3Client client;

  S3Server(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("root"));
    int port = freePort();
    address = "http://127.0.0.1:" + port;
    Path log = folder.resolve("server.log");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar(),
                "--server.port=0",
                "--com.adobe.testing.s3mock.httpPort=" + port,
                "--com.adobe.testing.s3mock.store.root=" + folder.resolve("root"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    client =
        S3Client.builder()
            .endpointOverride(URI.create(address))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .build();
    makeBucket(log);
  }

  /** Spring Boot's jar, which contains its libraries: none of them is on the class path. */
  private static String jar() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.matches(".*s3mock-[0-9.]+-exec\\.jar"))
        .findFirst()
        .orElseThrow();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void makeBucket(Path log) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        client.createBucket(bucket -> bucket.bucket(BUCKET));
        return;
      } catch (SdkException notYet) {
        String said = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(process.waitFor(100, TimeUnit.MILLISECONDS)).as(said).isFalse();
        assertThat(Instant.now()).as(said).isBefore(deadline);
      }
    }
  }

  /** The environment of a client. */
  Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL_S3",
        address,
        "AWS_REGION",
        Region.US_EAST_1.id(),
        "AWS_ACCESS_KEY_ID",
        "key",
        "AWS_SECRET_ACCESS_KEY",
        "secret");
  }

  /** Uploads a file. */
  void put(String key, Path file) {
    client.putObject(object -> object.bucket(BUCKET).key(key), RequestBody.fromFile(file));
  }

  /** Keys with this prefix. */
  List<String> keys(String prefix) {
    try (Stream<S3Object> objects =
        client
            .listObjectsV2Paginator(list -> list.bucket(BUCKET).prefix(prefix))
            .contents()
            .stream()) {
      return objects.map(S3Object::key).toList();
    }
  }

  /** An object's content. */
  byte[] get(String key) {
    return client.getObjectAsBytes(object -> object.bucket(BUCKET).key(key)).asByteArray();
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
  }
}
