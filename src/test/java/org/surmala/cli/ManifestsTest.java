package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.streaming.api.environment.ExecutionCheckpointingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests for Kubernetes, as the types of its API and this program read them. */
final class ManifestsTest {
  private static final Path FOLDER = Path.of("pipelines/flink");
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "FlinkDeployment", FlinkDeployment.class,
          "CronJob", CronJob.class,
          "Job", Job.class,
          "Deployment", Deployment.class,
          "Service", Service.class,
          "ServiceAccount", ServiceAccount.class,
          "PersistentVolumeClaim", PersistentVolumeClaim.class,
          "NetworkPolicy", NetworkPolicy.class,
          "Role", Role.class,
          "RoleBinding", RoleBinding.class);

  private static List<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("config.yaml") && !file.endsWith("kustomization.yaml"))
          .filter(file -> !file.startsWith(FOLDER.resolve("monitoring")))
          .sorted()
          .toList();
    }
  }

  private static List<JsonNode> documents(Path file) throws IOException {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
      return documents.readAll();
    }
  }

  /**
   * Fields that a type has not: the operator's types pass them over, Kubernetes' keep them aside.
   */
  private static List<String> unknown(JsonNode document)
      throws IOException, ReflectiveOperationException {
    String kind = document.path("kind").asText();
    assertThat(KINDS).containsKey(kind);
    Object read = YAML.treeToValue(document, KINDS.get(kind));
    List<String> unknown = unknown(read, kind);
    unknown.addAll(lost(document, YAML.valueToTree(read), kind));
    return unknown;
  }

  private static List<String> lost(JsonNode document, JsonNode read, String path) {
    List<String> lost = new ArrayList<>();
    for (Iterator<String> names = document.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (read.has(name)) {
        lost.addAll(lost(document.get(name), read.get(name), path + "." + name));
      } else {
        lost.add(path + "." + name);
      }
    }
    for (int i = 0; document.isArray() && i < document.size(); i++) {
      lost.addAll(lost(document.get(i), read.path(i), path + "[]"));
    }
    return lost;
  }

  private static List<String> unknown(Object read, String path)
      throws IllegalAccessException, InvocationTargetException {
    List<String> unknown = new ArrayList<>();
    if (read instanceof Collection<?> items) {
      for (Object item : items) {
        unknown.addAll(unknown(item, path + "[]"));
      }
    } else if (read instanceof Map<?, ?> entries) {
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        if (entry.getValue() != null) {
          unknown.addAll(unknown(entry.getValue(), path + "." + entry.getKey()));
        }
      }
    } else if (read.getClass().getName().startsWith("io.fabric8")
        || read.getClass().getName().startsWith("org.apache.flink.kubernetes")) {
      for (Method getter : read.getClass().getMethods()) {
        boolean isField =
            getter.getName().startsWith("get")
                && getter.getParameterCount() == 0
                && getter.getDeclaringClass() != Object.class
                && !getter.getDeclaringClass().isEnum();
        Object value = isField && !(read instanceof Enum<?>) ? getter.invoke(read) : null;
        if (value != null && getter.getName().equals("getAdditionalProperties")) {
          ((Map<?, ?>) value).keySet().forEach(key -> unknown.add(path + "." + key));
        } else if (value != null && !(value instanceof Class<?>)) {
          unknown.addAll(unknown(value, path + "." + getter.getName().substring(3)));
        }
      }
    }
    return unknown;
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void givenAManifest_whenReadByTheTypesOfTheApi_thenEveryFieldIsKnown(Path file)
      throws IOException, ReflectiveOperationException {
    for (JsonNode document : documents(file)) {
      assertThat(unknown(document)).isEmpty();
    }
  }

  @Test
  void givenAMisspeltField_whenRead_thenItIsFound()
      throws IOException, ReflectiveOperationException {
    String refit = Files.readString(FOLDER.resolve("operator/base/refit.yaml"));
    assertThat(unknown(YAML.readTree(refit.replace("backoffLimit", "backofLimit"))))
        .containsExactly("CronJob.Spec.JobTemplate.Spec.backofLimit");

    String watch = Files.readString(FOLDER.resolve("operator/base/watch.yaml"));
    assertThat(unknown(YAML.readTree(watch.replace("upgradeMode", "updateMode"))))
        .containsExactly("FlinkDeployment.spec.job.updateMode");
    assertThat(unknown(YAML.readTree(watch.replace("runAsNonRoot", "runAsNotRoot"))))
        .hasSize(1)
        .first()
        .asString()
        .endsWith("SecurityContext.runAsNotRoot");
  }

  /** What is given to the program, in every manifest. */
  private static List<List<String>> programArguments() throws IOException {
    List<List<String>> all = new ArrayList<>();
    for (Path file : manifests()) {
      for (JsonNode document : documents(file)) {
        for (JsonNode arguments : document.findValues("args")) {
          List<String> words = new ArrayList<>();
          arguments.forEach(word -> words.add(word.asText()));
          int program =
              Math.max(
                  words.indexOf("org.surmala.cli.Main"),
                  words.indexOf("/opt/flink/usrlib/surmala.jar"));
          if (!words.equals(List.of("taskmanager"))) {
            all.add(words.subList(program + 1, words.size()));
          }
        }
      }
    }
    return all;
  }

  @Test
  void givenTheManifests_whenTheirArgumentsAreParsed_thenTheProgramHasThem() throws IOException {
    List<List<String>> all = programArguments();

    assertThat(all.stream().map(words -> words.get(0))).contains("run", "watch", "refit");
    for (List<String> words : all) {
      String[] arguments = words.toArray(new String[0]);
      assertThatCode(() -> Main.line(arguments).parseArgs(arguments))
          .as(words.toString())
          .doesNotThrowAnyException();
    }
  }

  /** The configuration of each deployment of the operator, by its file. */
  private static Map<Path, Map<String, String>> configurations() throws IOException {
    Map<Path, Map<String, String>> configurations = new LinkedHashMap<>();
    for (Path file : manifests()) {
      for (JsonNode document : documents(file)) {
        JsonNode configuration = document.at("/spec/flinkConfiguration");
        if (configuration.isObject()) {
          Map<String, String> values = new TreeMap<>();
          configuration
              .fields()
              .forEachRemaining(entry -> values.put(entry.getKey(), entry.getValue().asText()));
          configurations.put(file, values);
        }
      }
    }
    return configurations;
  }

  @Test
  void givenTheDeployments_whenComparedWithTheShippedConfiguration_thenEachKeyIsTheSame()
      throws IOException {
    Map<String, String> shipped = GlobalConfiguration.loadConfiguration(FOLDER.toString()).toMap();
    for (String name : List.of("base/watch.yaml", "run/run.yaml")) {
      Map<String, String> deployed =
          configurations().getOrDefault(FOLDER.resolve("operator").resolve(name), Map.of());
      Map<String, String> common = new TreeMap<>(shipped);
      common.keySet().retainAll(deployed.keySet());
      assertThat(deployed).as(name).containsAllEntriesOf(common);
      Set<String> missing = new TreeSet<>(shipped.keySet());
      missing.removeAll(deployed.keySet());
      // A watch does not end, so nobody waits for its end.
      assertThat(missing)
          .as(name)
          .isEqualTo(name.startsWith("base") ? Set.of("execution.attached") : Set.of());
    }
  }

  @Test
  void givenTheDeployments_whenTheirFurtherKeysAreLookedUp_thenFlinkHasThem()
      throws IOException, IllegalAccessException {
    Set<String> known =
        new TreeSet<>(GlobalConfiguration.loadConfiguration(FOLDER.toString()).keySet());
    for (Class<?> options :
        List.of(
            HighAvailabilityOptions.class,
            CheckpointingOptions.class,
            ExecutionCheckpointingOptions.class,
            StateBackendOptions.class)) {
      for (Field field : options.getFields()) {
        if (ConfigOption.class.isAssignableFrom(field.getType())) {
          known.add(((ConfigOption<?>) field.get(null)).key());
        }
      }
    }
    for (Map.Entry<Path, Map<String, String>> deployed : configurations().entrySet()) {
      assertThat(
              deployed.getValue().keySet().stream()
                  .filter(key -> !key.startsWith("kubernetes.operator.")))
          .as(deployed.getKey().toString())
          .allMatch(known::contains);
      assertThatCode(() -> Configuration.fromMap(deployed.getValue())).doesNotThrowAnyException();
    }
  }

  @Test
  void givenEveryPodOfTheOperator_whenItsSecurityIsRead_thenItHasNoRootAndWritesToVolumesOnly()
      throws IOException {
    int pods = 0;
    for (Path file : manifests()) {
      if (file.startsWith(FOLDER.resolve("operator")) && !file.toString().contains("overlays")) {
        for (JsonNode document : documents(file)) {
          for (JsonNode containers : document.findValues("containers")) {
            for (JsonNode container : containers) {
              pods++;
              assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                  .as(file.toString())
                  .isTrue();
              assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                  .isFalse();
              assertThat(document.findValue("runAsNonRoot").asBoolean()).isTrue();
              List<String> readOnly = new ArrayList<>();
              container
                  .path("volumeMounts")
                  .forEach(
                      mount -> {
                        if (mount.path("readOnly").asBoolean()) {
                          readOnly.add(mount.path("mountPath").asText());
                        }
                      });
              assertThat(readOnly).containsExactly("/music");
            }
          }
        }
      }
    }
    assertThat(pods).isEqualTo(3);
  }

  @Test
  void givenTheKustomizations_whenFollowed_thenEveryFileIsThereAndNoneIsLeftOut()
      throws IOException {
    Set<Path> named = new TreeSet<>();
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(f -> f.endsWith("kustomization.yaml")).toList()) {
        JsonNode kustomization = documents(file).get(0);
        List<String> places = new ArrayList<>();
        kustomization.path("resources").forEach(resource -> places.add(resource.asText()));
        kustomization.path("patches").forEach(patch -> places.add(patch.path("path").asText()));
        for (String place : places) {
          Path path = file.resolveSibling(place).normalize();
          assertThat(path).exists();
          named.add(path);
        }
      }
    }
    assertThat(named).containsAll(manifests());
  }

  @Test
  void givenTheMemoryOfTheOperatorsPods_whenReadByFlink_thenItIsThatOfTheConfiguration()
      throws IOException {
    for (Map.Entry<Path, Map<String, String>> deployed : configurations().entrySet()) {
      if (deployed.getKey().toString().contains("overlays")) {
        continue;
      }
      JsonNode spec = documents(deployed.getKey()).get(0).path("spec");
      for (String role : Arrays.asList("jobManager", "taskManager")) {
        assertThat(spec.at("/" + role + "/resource/memory").asText())
            .isEqualTo(
                deployed.getValue().get(role.toLowerCase(Locale.ROOT) + ".memory.process.size"));
      }
    }
  }
}
