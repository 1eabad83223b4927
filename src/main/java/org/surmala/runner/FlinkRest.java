package org.surmala.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A client of a Flink cluster's REST API. */
public final class FlinkRest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PATIENCE_TO_END = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int OK = 200;
  private static final int ACCEPTED = 202;

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

  /** The size of a cluster. */
  public record Overview(int taskManagers, int slots, int freeSlots) {}

  /**
   * A job.
   *
   * @param id 32 hexadecimal digits
   * @param state Flink's state, such as RUNNING
   * @param start time of submission, in milliseconds since 1970
   */
  public record Job(String id, String name, String state, long start) {
    private static final Set<String> ENDS = Set.of("FINISHED", "CANCELED", "FAILED");

    /** Whether the job is in a terminal state. */
    public boolean hasEnded() {
      return ENDS.contains(state);
    }
  }

  /**
   * The size of the cluster.
   *
   * @throws IOException if nothing answers
   */
  public Overview overview() throws IOException {
    JsonNode overview = get("/overview");
    return new Overview(
        overview.path("taskmanagers").asInt(),
        overview.path("slots-total").asInt(),
        overview.path("slots-available").asInt());
  }

  /**
   * Resource ids of the registered TaskManagers. A dead one counts until its heartbeat times out.
   *
   * @throws IOException if nothing answers
   */
  public Set<String> taskManagers() throws IOException {
    Set<String> ids = new TreeSet<>();
    get("/taskmanagers").path("taskmanagers").forEach(one -> ids.add(one.path("id").asText()));
    return ids;
  }

  /**
   * The running and recent jobs.
   *
   * @throws IOException if nothing answers
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

  /** A failure of a job. */
  public record JobFailure(Instant time, String trace) {
    private static final String CAUSED_BY = "Caused by: ";

    /** The line of the root cause. */
    public String rootCause() {
      return trace
          .lines()
          .filter(line -> line.startsWith(CAUSED_BY))
          .reduce((first, second) -> second)
          .map(line -> line.substring(CAUSED_BY.length()))
          .orElseGet(() -> trace.lines().findFirst().orElse(""));
    }
  }

  /**
   * The failures of a job, latest first; Flink keeps 16. The job restarted after each one, except
   * after the last failure of a failed job.
   *
   * @param name job name; of several jobs, the latest counts
   * @return empty if there is no such job
   * @throws IOException if nothing answers
   */
  public List<JobFailure> failures(String name) throws IOException {
    List<JobFailure> failures = new ArrayList<>();
    Optional<Job> last =
        jobs().stream()
            .filter(job -> job.name().equals(name))
            .max(Comparator.comparingLong(Job::start));
    if (last.isPresent()) {
      JsonNode exceptions = get("/jobs/" + last.get().id() + "/exceptions");
      for (JsonNode entry : exceptions.path("exceptionHistory").path("entries")) {
        failures.add(
            new JobFailure(
                Instant.ofEpochMilli(entry.path("timestamp").asLong()),
                entry.path("stacktrace").asText()));
      }
    }
    failures.sort(Comparator.comparing(JobFailure::time).reversed());
    return failures;
  }

  /**
   * Cancels a job and waits until it has ended.
   *
   * @throws IOException if nothing answers, or the job does not end
   */
  public void cancel(String id) throws IOException {
    ask("/jobs/" + id + "?mode=cancel", "PATCH", "");
    long end = System.nanoTime() + PATIENCE_TO_END.toNanos();
    while (System.nanoTime() < end) {
      if (jobs().stream().filter(job -> job.id().equals(id)).allMatch(Job::hasEnded)) {
        return;
      }
      pause("job " + id + " was cancelled");
    }
    throw new IOException(
        "job %s has not ended %s s after it was cancelled"
            .formatted(id, PATIENCE_TO_END.toSeconds()));
  }

  /**
   * Whether a job is a streaming job.
   *
   * @throws IOException if nothing answers
   */
  public boolean isStreaming(String id) throws IOException {
    return get("/jobs/" + id).path("plan").path("type").asText().equals("STREAMING");
  }

  /**
   * Stops a streaming job with a savepoint, from which it can resume.
   *
   * @return the path of the savepoint, for {@code --savepointPath}
   * @throws IOException if nothing answers, or the savepoint fails; then the job continues
   */
  public String stop(String id) throws IOException {
    String request =
        ask("/jobs/" + id + "/stop", "POST", "{\"drain\": false}").path("request-id").asText();
    while (true) {
      JsonNode answer = get("/jobs/" + id + "/savepoints/" + request);
      if (answer.path("status").path("id").asText().equals("COMPLETED")) {
        JsonNode operation = answer.path("operation");
        if (!operation.has("location")) {
          throw new IOException(
              "no savepoint of job " + id + ": " + operation.path("failure-cause"));
        }
        return operation.path("location").asText();
      }
      pause("the savepoint of job " + id + " was made");
    }
  }

  private static void pause(String meanwhile) throws IOException {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + meanwhile, e);
    }
  }

  private JsonNode get(String path) throws IOException {
    return ask(path, "GET", "");
  }

  private JsonNode ask(String path, String method, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != OK && response.statusCode() != ACCEPTED) {
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
