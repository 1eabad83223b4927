package org.surmala.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class FlinkJobTest {
  private static final RunProgress DECODE = new RunProgress("decode", 7, 60, "songs", 1);

  @Test
  void givenFewerSlotsThanAJobAsksFor_whenFollowed_thenTheNoteSaysWhatItWaitsFor()
      throws IOException {
    HttpServer jobManager =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    jobManager.createContext(
        "/overview",
        exchange -> {
          byte[] body =
              "{\"taskmanagers\": 1, \"slots-total\": 1, \"slots-available\": 1}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    jobManager.start();
    FlinkRest cluster = new FlinkRest("127.0.0.1:" + jobManager.getAddress().getPort());
    try {
      assertThat(FlinkJob.withSlots(DECODE, cluster, 2))
          .isEqualTo(
              new RunProgress(
                  "decode",
                  7,
                  60,
                  "songs",
                  1,
                  "waiting for a worker: 1 of 2 task slots; run surmala flink add"));
      assertThat(FlinkJob.withSlots(DECODE, cluster, 1)).isEqualTo(DECODE);
    } finally {
      jobManager.stop(0);
    }
    assertThat(FlinkJob.withSlots(DECODE, cluster, 2)).as("nobody answers").isEqualTo(DECODE);
  }
}
