package org.surmala.report.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.report.plot.Canvas.Anchor;

/** The fonts of the machine change no byte of a figure. */
final class InstalledFontsIT {
  private static final String TEXT = "R² 0.54 → ₁₀ বাংলা हिन्दी தமிழ் عربي 中文 かな 한글 བོད་ 👍";

  private record Sample() implements Figure {
    @Override
    public String title() {
      return TEXT;
    }

    @Override
    public double width() {
      return 400;
    }

    @Override
    public double draw(Canvas canvas) {
      canvas.text(TEXT, 4, 14, 8, false, Color.BLACK, Anchor.START);
      canvas.text(TEXT, 4, 34, 8, true, Color.BLACK, Anchor.START);
      return 40;
    }
  }

  /** Writes the sample in the process that the test starts. */
  static final class Draw {
    private Draw() {}

    public static void main(String[] args) throws Exception {
      write(Path.of(args[0]));
    }
  }

  private static void write(Path file) throws Exception {
    Typefaces typefaces = Typefaces.open();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Sample().writePng(out, typefaces, FigureStyle.STANDARD);
    new Sample().writeSvg(out, typefaces, FigureStyle.STANDARD);
    new Sample().writePdf(out, typefaces, FigureStyle.STANDARD);
    Files.write(file, out.toByteArray());
  }

  @Test
  void givenAMachineWithOtherFonts_whenDrawn_thenTheBytesAreTheSame(@TempDir Path folder)
      throws Exception {
    write(folder.resolve("here"));
    // The only installed font is one that has letters of its own for most of the text.
    Path fonts = Files.createDirectory(folder.resolve("fonts"));
    copy("NotoSansCJK-Regular.ttf", fonts);
    Path configuration =
        Files.writeString(
            folder.resolve("fonts.conf"),
            "<fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>"
                .formatted(fonts, folder.resolve("cache")));
    ProcessBuilder process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                // The JDK keeps what it knows of installed fonts there.
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Draw.class.getName(),
                folder.resolve("there").toString())
            .inheritIO();
    process.environment().put("FONTCONFIG_FILE", configuration.toString());
    Process started = process.start();

    assertThat(started.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(started.exitValue()).isZero();
    assertThat(folder.resolve("there")).hasSameBinaryContentAs(folder.resolve("here"));
  }

  private static void copy(String font, Path folder) throws IOException {
    try (InputStream in =
        InstalledFontsIT.class.getResourceAsStream("/org/surmala/report/fonts/" + font)) {
      Files.copy(Objects.requireNonNull(in), folder.resolve(font));
    }
  }
}
