package org.surmala.runner;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The ports at which the processes of a local cluster show their metrics to Prometheus. */
public final class PrometheusPorts {
  private PrometheusPorts() {}

  /** A port that is free now. */
  public static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Names of all metrics that the cluster's processes show now. */
  public static Set<String> names(LocalClusterOptions options) throws InterruptedException {
    Set<String> names = new TreeSet<>();
    for (int port = options.metricsPort(); port <= options.metricsPort() + 3; port++) {
      Pattern.compile("^(\\w+)\\{", Pattern.MULTILINE)
          .matcher(metrics(port))
          .results()
          .forEach(metric -> names.add(metric.group(1)));
    }
    return names;
  }

  /** Empty when nobody answers: a process that was killed leaves its port. */
  private static String metrics(int port) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException noProcess) {
      return "";
    }
  }
}
