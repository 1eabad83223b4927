package org.surmala.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaSourceDescriptor;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.surmala.schema.LogMessage;
import org.surmala.watch.MessageLog;

/**
 * A topic that is there.
 *
 * @param address of the topic
 * @param cluster identity of the brokers, whatever their addresses
 * @param id identity of the topic
 * @param beginnings of each partition the offset of the first message that it still has
 */
record KafkaTopic(KafkaAddress address, String cluster, String id, Map<Integer, Long> beginnings)
    implements MessageLog.Opened {

  @Override
  public String name() {
    return "kafka-" + cluster + "-" + address.topic();
  }

  @Override
  public int partitions() {
    return beginnings.size();
  }

  @Override
  public PTransform<PBegin, PCollection<LogMessage>> from(Map<Integer, Long> next) {
    List<KafkaSourceDescriptor> partitions = new ArrayList<>();
    beginnings.forEach(
        (partition, beginning) ->
            partitions.add(
                KafkaSourceDescriptor.of(
                    new TopicPartition(address.topic(), partition),
                    Math.max(beginning, next.getOrDefault(partition, beginning)),
                    null,
                    null,
                    null,
                    null)));
    return new ReadTopic(address, id, partitions);
  }

  @Override
  public PTransform<PCollection<KV<byte[], byte[]>>, PDone> to() {
    return KafkaIO.<byte[], byte[]>write()
        .withBootstrapServers(address.brokers())
        .withTopic(address.topic())
        .withKeySerializer(ByteArraySerializer.class)
        .withValueSerializer(ByteArraySerializer.class)
        .withProducerConfigUpdates(address.properties());
  }

  private static final class ReadTopic extends PTransform<PBegin, PCollection<LogMessage>> {
    private final transient KafkaAddress address;
    private final transient List<KafkaSourceDescriptor> partitions;
    private final String id;

    ReadTopic(KafkaAddress address, String id, List<KafkaSourceDescriptor> partitions) {
      this.address = address;
      this.id = id;
      this.partitions = partitions;
    }

    @Override
    public PCollection<LogMessage> expand(PBegin begin) {
      Map<String, Object> config = new HashMap<>(address.properties());
      config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, address.brokers());
      Coder<byte[]> bytes = NullableCoder.of(ByteArrayCoder.of());
      return begin
          .apply("Partitions", Create.of(partitions))
          .apply(
              "Read",
              KafkaIO.<byte[], byte[]>readSourceDescriptors()
                  .withKeyDeserializerAndCoder(ByteArrayDeserializer.class, bytes)
                  .withValueDeserializerAndCoder(ByteArrayDeserializer.class, bytes)
                  .withConsumerConfigUpdates(config)
                  .withProcessingTime())
          .apply("Announcement", ParDo.of(new AnnouncementFn(id)))
          .setCoder(AvroCoder.of(LogMessage.class));
    }
  }

  private static final class AnnouncementFn extends DoFn<KafkaRecord<byte[], byte[]>, LogMessage> {
    private final String id;

    AnnouncementFn(String id) {
      this.id = id;
    }

    @ProcessElement
    public void process(
        @Element KafkaRecord<byte[], byte[]> message, OutputReceiver<LogMessage> out) {
      byte[] value = message.getKV().getValue();
      out.output(
          new LogMessage(
              id,
              message.getPartition(),
              message.getOffset(),
              value == null ? "" : new String(value, StandardCharsets.UTF_8).strip()));
    }
  }
}
