package org.surmala.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Apache Kafka's own server: one node in KRaft mode on loopback, a process of its own. */
final class KafkaBroker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path folder;
  private final Process process;
  private final String address;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  KafkaBroker(Path folder) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    int port = freePort();
    int controller = freePort();
    address = "127.0.0.1:" + port;
    Path config = folder.resolve("server.properties");
    Files.write(
        config,
        List.of(
            "process.roles=broker,controller",
            "node.id=1",
            "controller.quorum.voters=1@127.0.0.1:" + controller,
            "listeners=PLAINTEXT://" + address + ",CONTROLLER://127.0.0.1:" + controller,
            "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "controller.listener.names=CONTROLLER",
            "inter.broker.listener.name=PLAINTEXT",
            "offsets.topic.replication.factor=1",
            "auto.create.topics.enable=false",
            "log.dirs=" + folder.resolve("logs")));
    assertThat(
            java("kafka.tools.StorageTool", "format", "-t", "c3VybWFsYS1zdXJtYWxhMQ", "-c", config)
                .waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isTrue();
    process = java("kafka.Kafka", config);
    Map<String, Object> client = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address);
    awaitPort(port);
    admin = Admin.create(client);
    producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process java(String main, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()))
        .start();
  }

  private void awaitPort(int port) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException notYet) {
        assertThat(process.waitFor(100, TimeUnit.MILLISECONDS)).as(log()).isFalse();
        assertThat(Instant.now()).as(log()).isBefore(deadline);
      }
    }
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("server.log"), StandardCharsets.UTF_8);
  }

  /** Where clients find it. */
  String address() {
    return address;
  }

  /** Makes a topic. */
  void make(String topic, int partitions) throws ExecutionException, InterruptedException {
    admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
  }

  /** Removes a topic with all that it holds. */
  void remove(String topic) throws ExecutionException, InterruptedException {
    admin.deleteTopics(List.of(topic)).all().get();
    while (admin.listTopics().names().get().contains(topic)) {
      Thread.onSpinWait();
    }
  }

  /** Makes a partition forget what comes before an offset. */
  void forget(String topic, int partition, long before)
      throws ExecutionException, InterruptedException {
    admin
        .deleteRecords(
            Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
        .all()
        .get();
  }

  /**
   * Sends a message and waits until it is kept.
   *
   * @param value null for a message without a value
   */
  void send(String topic, int partition, @Nullable String value)
      throws ExecutionException, InterruptedException {
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topic, partition, null, bytes)).get();
  }

  /** Every message of a topic with one partition, in order. */
  List<ConsumerRecord<byte[], byte[]>> messages(String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, address),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
      while (consumer.position(partition) < end) {
        messages.addAll(consumer.poll(Duration.ofSeconds(1)).records(partition));
      }
    }
    return messages;
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
    process.destroyForcibly();
  }
}
