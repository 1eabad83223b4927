package org.surmala.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.report.SyntheticResults;

/** The command as a process of its own. */
@Timeout(120)
final class ServeIT {
  @TempDir Path folder;

  @Test
  void givenAServerWithAnOpenPage_whenItIsTerminated_thenItEndsWithCodeZero() throws Exception {
    SyntheticResults.write(folder, 20, 2);
    Process serve =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.surmala.cli.Main",
                "serve",
                "--results",
                folder + "/results",
                "--data",
                folder + "/data",
                "--port",
                "0")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(serve.getInputStream(), StandardCharsets.UTF_8))) {
      URI address = URI.create(out.readLine());
      HttpClient client = HttpClient.newHttpClient();
      assertThat(
              client
                  .send(
                      HttpRequest.newBuilder(address.resolve("api/v1/events")).build(),
                      BodyHandlers.ofLines())
                  .statusCode())
          .isEqualTo(200);

      // The process itself would close its output too.
      assertThat(serve.toHandle().destroy()).isTrue();

      assertThat(serve.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(serve.exitValue()).isZero();
      assertThat(out.lines()).containsExactly("Ctrl-C stops the server.");
    } finally {
      serve.destroyForcibly();
    }
  }
}
