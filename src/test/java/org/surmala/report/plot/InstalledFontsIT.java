package org.surmala.report.plot;

import static java.nio.charset.StandardCharsets.UTF_8;
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

/** The fonts of the machine change no byte of a figure; but Java needs one to draw any text. */
final class InstalledFontsIT {
  private static final String TEXT = "R² 0.54 → ₁₀ বাংলা हिन्दी தமிழ் عربي 中文 かな 한글 བོད་ 👍";

  private record Sample() implements Figure {
    @Override
    public Heading heading() {
      return new Heading(TEXT, "");
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
    Process drawing = draw(folder, fonts);

    assertThat(drawing.exitValue()).as(output(drawing)).isZero();
    assertThat(folder.resolve("there")).hasSameBinaryContentAs(folder.resolve("here"));
  }

  @Test
  void givenAMachineWithoutFonts_whenDrawn_thenItIsSaidWhatToInstall(@TempDir Path folder)
      throws Exception {
    Process drawing = draw(folder, Files.createDirectory(folder.resolve("fonts")));

    assertThat(drawing.exitValue()).isNotZero();
    assertThat(output(drawing))
        .contains("NoTypefacesException", "apt-get install fontconfig", "fonts-dejavu-core");
  }

  /** Draws where only the fonts of a folder are installed. */
  private static Process draw(Path folder, Path fonts) throws Exception {
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
            .redirectErrorStream(true);
    process.environment().put("FONTCONFIG_FILE", configuration.toString());
    Process started = process.start();
    assertThat(started.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return started;
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  private static void copy(String font, Path folder) throws IOException {
    try (InputStream in =
        InstalledFontsIT.class.getResourceAsStream("/org/surmala/report/fonts/" + font)) {
      Files.copy(Objects.requireNonNull(in), folder.resolve(font));
    }
  }
}
