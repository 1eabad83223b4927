package org.surmala.kafka;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.surmala.watch.MessageLog;

/**
 * Topics whose messages are paths and URIs of songs, in UTF-8; keys and headers say nothing.
 * Partitions that are added while a topic is read are read from the next start on.
 *
 * <p>Nothing is committed to Kafka: how far a topic was read is what was kept of it.
 */
public final class KafkaLog implements MessageLog {
  private static final int PATIENCE_MILLIS = 15_000;

  /** Found as a service. */
  public KafkaLog() {}

  @Override
  public String scheme() {
    return "kafka";
  }

  @Override
  public Opened open(String typed) throws IOException {
    KafkaAddress address = KafkaAddress.of(typed);
    Map<String, Object> config = new HashMap<>(address.properties());
    config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address.brokers());
    config.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    config.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    try (Admin admin = Admin.create(config)) {
      String cluster = answer(admin.describeCluster().clusterId(), address);
      TopicDescription topic =
          Objects.requireNonNull(
              answer(admin.describeTopics(List.of(address.topic())).allTopicNames(), address)
                  .get(address.topic()));
      Map<Integer, Long> beginnings = new TreeMap<>();
      Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
      topic
          .partitions()
          .forEach(
              partition ->
                  wanted.put(
                      new TopicPartition(address.topic(), partition.partition()),
                      OffsetSpec.earliest()));
      for (Map.Entry<TopicPartition, ListOffsetsResultInfo> beginning :
          answer(admin.listOffsets(wanted).all(), address).entrySet()) {
        beginnings.put(beginning.getKey().partition(), beginning.getValue().offset());
      }
      return new KafkaTopic(address, cluster, topic.topicId().toString(), beginnings);
    } catch (KafkaException e) {
      throw new IOException("Kafka's client refuses its properties: " + e.getMessage(), e);
    }
  }

  private static <T> T answer(KafkaFuture<T> future, KafkaAddress address) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while Kafka was asked");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof UnknownTopicOrPartitionException) {
        throw new IOException(
            "there is no topic '" + address.topic() + "'; make it, or correct its name", e);
      }
      if (cause instanceof TimeoutException) {
        throw new IOException(
            "no broker answers at " + address.brokers() + "; start it, or correct its address", e);
      }
      throw new IOException("the brokers at " + address.brokers() + " refuse: " + cause, e);
    }
  }
}
