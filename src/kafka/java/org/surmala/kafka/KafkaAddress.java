package org.surmala.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a topic: {@code kafka://HOST:PORT[,HOST:PORT...]/TOPIC[?properties=FILE]}, with a
 * file of a consumer's properties where the brokers ask for more than an address.
 *
 * @param brokers as Kafka's {@code bootstrap.servers} has them
 * @param topic its name
 * @param properties further properties of the client
 */
record KafkaAddress(String brokers, String topic, Map<String, Object> properties) {
  private static final Pattern FORM =
      Pattern.compile(
          "kafka://([^/?,\\s]+:\\d+(?:,[^/?,\\s]+:\\d+)*)/([a-zA-Z0-9._-]{1,249})"
              + "(?:\\?properties=(.+))?");

  /**
   * Reads it.
   *
   * @throws IOException when it is of another form, or its file cannot be read
   */
  static KafkaAddress of(String address) throws IOException {
    Matcher parts = FORM.matcher(address);
    if (!parts.matches()) {
      throw new IOException(
          "a topic is given as kafka://HOST:PORT[,HOST:PORT...]/TOPIC[?properties=FILE]");
    }
    return new KafkaAddress(parts.group(1), parts.group(2), properties(parts.group(3)));
  }

  private static Map<String, Object> properties(@Nullable String file) throws IOException {
    Map<String, Object> all = new HashMap<>();
    if (file != null) {
      Properties read = new Properties();
      try (InputStream in = Files.newInputStream(Path.of(file))) {
        read.load(in);
      } catch (NoSuchFileException e) {
        throw new IOException(file + " is not there; properties= names a file of Kafka's own", e);
      }
      read.stringPropertyNames().forEach(name -> all.put(name, read.getProperty(name)));
    }
    return all;
  }
}
