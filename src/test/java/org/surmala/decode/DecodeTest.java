package org.surmala.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.surmala.demo.AudioEncoder;
import org.surmala.demo.Encoding;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;
import org.surmala.schema.SongRef;
import org.surmala.schema.Stage;
import org.surmala.step.Step;

public final class DecodeTest {
  private static final DecodeOptions OPTIONS = DecodeOptions.of(2, 1, 60);

  @Rule public final TestPipeline pipeline = TestPipeline.create();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void givenGoodAndBadSongs_whenDecoded_thenEachIsAClipOrAFailure()
      throws IOException, SongException {
    Path good = folder.getRoot().toPath().resolve("good সুর.flac");
    AudioEncoder.write(good, Encoding.flac(), Sound.glide(2, 5, 22_050), 22_050, Map.of());
    Path bad = Files.writeString(folder.getRoot().toPath().resolve("bad.mp3"), "no sound");
    SongRef goodSong = Sound.song(good);
    SongRef badSong = Sound.song(bad);
    AudioClip expected = new WindowDecoder(OPTIONS).decode(goodSong);

    PCollectionTuple decoded =
        pipeline.apply("Songs", Create.of(goodSong, badSong)).apply("Decode", Decode.with(OPTIONS));

    PAssert.that(decoded.get(Decode.CLIPS)).containsInAnyOrder(expected);
    PAssert.that(decoded.get(Step.FAILURES))
        .satisfies(
            failures -> {
              assertThat(failures)
                  .singleElement()
                  .satisfies(
                      failure -> {
                        assertThat(failure.getCode()).isEqualTo("not_audio");
                        assertThat(failure.getStage()).isEqualTo(Stage.DECODE);
                        assertThat(failure.getFilepath()).isEqualTo("bad.mp3");
                        assertThat(failure.getIsTransient()).isFalse();
                      });
              return null;
            });
    pipeline.run();
  }
}
