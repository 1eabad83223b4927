package org.surmala.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.surmala.schema.CatalogEntry;

final class CatalogTest {
  @Test
  void givenDuplicates_whenSongsAreAsked_thenEachHasItsFirstPathInAlphabeticalOrder() {
    Catalog catalog = new Catalog();
    catalog.put(new CatalogEntry("/music/c.mp3", 10L, 0L, "one"));
    catalog.put(new CatalogEntry("/music/b.mp3", 20L, 0L, "two"));
    catalog.put(new CatalogEntry("/music/a.mp3", 10L, 0L, "one"));

    assertThat(catalog.songs()).containsExactly("/music/a.mp3", "/music/b.mp3");
  }
}
