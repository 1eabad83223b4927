package org.surmala.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a Flink cluster says of itself over REST. */
public final class FlinkRest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final String address;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final ObjectMapper json = new ObjectMapper();

  /**
   * @param master host:port, with or without http:// before it
   */
  public FlinkRest(String master) {
    this.address = master.matches("https?://.*") ? master : "http://" + master;
  }

  /**
   * A cluster's size.
   *
   * @param taskManagers that have registered
   * @param slots of them all
   * @param freeSlots that no job has
   */
  public record Overview(int taskManagers, int slots, int freeSlots) {}

  /**
   * A job.
   *
   * @param id 32 hexadecimal digits
   * @param name that it was submitted under
   * @param state Flink's word for it, such as RUNNING
   * @param start when it was submitted, in milliseconds since 1970
   */
  public record Job(String id, String name, String state, long start) {}

  /**
   * How large the cluster is.
   *
   * @throws IOException when nothing answers there
   */
  public Overview overview() throws IOException {
    JsonNode overview = get("/overview");
    return new Overview(
        overview.path("taskmanagers").asInt(),
        overview.path("slots-total").asInt(),
        overview.path("slots-available").asInt());
  }

  /**
   * The jobs that run or ran lately.
   *
   * @throws IOException when nothing answers there
   */
  public List<Job> jobs() throws IOException {
    List<Job> jobs = new ArrayList<>();
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      jobs.add(
          new Job(
              job.path("jid").asText(),
              job.path("name").asText(),
              job.path("state").asText(),
              job.path("start-time").asLong()));
    }
    return jobs;
  }

  /**
   * Why a job failed: the stack trace of its root exception; empty when it has none.
   *
   * @param name that the job was submitted under
   * @throws IOException when nothing answers there
   */
  public String rootException(String name) throws IOException {
    for (Job job : jobs()) {
      if (job.name().equals(name)) {
        return get("/jobs/" + job.id() + "/exceptions").path("root-exception").asText("");
      }
    }
    return "";
  }

  private JsonNode get(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE).GET().build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != OK) {
        throw new IOException(
            address + path + " answers " + response.statusCode() + ": " + response.body());
      }
      return json.readTree(response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking " + address + path, e);
    }
  }
}
