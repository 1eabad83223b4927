package org.surmala.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.junit.jupiter.api.Test;

/** What pipelines/flink holds, as Flink itself reads it. */
final class ShippedConfigurationTest {
  private static final Path FOLDER = Path.of("pipelines/flink");

  @Test
  void givenTheShippedConfiguration_whenFlinkDividesItsMemory_thenTheContainerHoldsIt()
      throws IOException {
    TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(configuration());

    assertThat(spec.getTotalProcessMemorySize()).isEqualTo(MemorySize.parse("4096m"));
    assertThat(memoryOf("taskmanager.yaml", "Deployment")).isEqualTo("4Gi");
    assertThat(memoryOf("jobmanager.yaml", "Job")).isEqualTo("1600Mi");
    assertThat(configuration().getString("jobmanager.memory.process.size", "")).isEqualTo("1600m");
    // What is left for objects when all that is named has been taken: too little is a mistake.
    assertThat(spec.getTaskHeapSize()).isGreaterThan(MemorySize.parse("1g"));
  }

  @Test
  void givenTheShippedConfiguration_whenRead_thenNativeMemoryIsWhatJavaCppIsHeldTo() {
    TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(configuration());
    Matcher most =
        Pattern.compile("javacpp\\.maxbytes=(\\S+)")
            .matcher(configuration().getString("env.java.opts.taskmanager", ""));

    assertThat(most.find()).isTrue();
    assertThat(MemorySize.parse(most.group(1))).isEqualTo(spec.getTaskOffHeapSize());
  }

  @Test
  void givenALocalCluster_whenItsMemoryIsDivided_thenThePartsAreTheWhole() {
    ClusterConfiguration local =
        new ClusterConfiguration(
            new LocalClusterOptions(
                Path.of("flink"),
                8081,
                2,
                3,
                768,
                512,
                LocalClusterOptions.StateBackend.HASHMAP,
                0),
            1);

    TaskExecutorProcessSpec spec =
        TaskExecutorProcessUtils.processSpecFromConfig(Configuration.fromMap(local.settings()));

    assertThat(spec.getTotalProcessMemorySize())
        .isEqualTo(MemorySize.ofMebiBytes(local.taskManagerMegabytes()));
  }

  private static Configuration configuration() {
    return GlobalConfiguration.loadConfiguration(FOLDER.toString());
  }

  private static String memoryOf(String file, String kind) throws IOException {
    List<String> memory = new ArrayList<>();
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).readValues(FOLDER.resolve(file).toFile())) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        if (document.path("kind").asText().equals(kind)) {
          memory.add(
              document.at("/spec/template/spec/containers/0/resources/limits/memory").asText());
        }
      }
    }
    assertThat(memory).hasSize(1);
    return memory.get(0);
  }
}
