/** From a topic of Apache Kafka to announcements of songs. Only in builds with {@code -Pkafka}. */
@NullMarked
package org.surmala.kafka;

import org.jspecify.annotations.NullMarked;
