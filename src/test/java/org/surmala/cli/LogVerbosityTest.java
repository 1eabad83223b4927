package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

final class LogVerbosityTest {
  private static final Instant TIME = Instant.parse("2026-03-04T05:06:07.089Z");

  @Test
  void givenARecord_whenFormattedAsJson_thenItIsOneLineWithTheRun() throws JsonProcessingException {
    LogRecord record = new LogRecord(Level.WARNING, "a \"song\"\nগান {0}");
    record.setParameters(new Object[] {7});
    record.setLoggerName("org.surmala.Some");
    record.setInstant(TIME);
    record.setThrown(new IllegalStateException("why"));

    String line = LogVerbosity.json("nightly \"3\"").format(record);

    assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.path("@timestamp").asText()).isEqualTo(TIME.toString());
    assertThat(json.path("log.level").asText()).isEqualTo("WARNING");
    assertThat(json.path("log.logger").asText()).isEqualTo("org.surmala.Some");
    assertThat(json.path("message").asText()).isEqualTo("a \"song\"\nগান 7");
    assertThat(json.path("service.name").asText()).isEqualTo("surmala");
    assertThat(json.path("run.id").asText()).isEqualTo("nightly \"3\"");
    assertThat(json.path("error.type").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(json.path("error.message").asText()).isEqualTo("why");
  }

  @Test
  void givenArguments_whenLookedThrough_thenTheRunIsFoundBeforeTheOptionsOfBeam() {
    assertThat(LogVerbosity.jsonRun(new String[] {"run", "--log-json", "7", "--", "x"}))
        .isEqualTo("7");
    assertThat(LogVerbosity.jsonRun(new String[] {"run", "--log-json=a=b"})).isEqualTo("a=b");
    assertThat(LogVerbosity.jsonRun(new String[] {"run", "--log-json"})).isNull();
    assertThat(LogVerbosity.jsonRun(new String[] {"run", "--", "--log-json=7"})).isNull();
    assertThat(LogVerbosity.jsonRun(new String[] {"run", "-v"})).isNull();
  }
}
