package org.surmala.model.nn;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * {@link FloatKernels} in double precision, for checks against references and finite differences
 * that floats are too coarse for. It is no copy: it is compiled from the source of {@link
 * FloatKernels} when a test first asks for it, with every {@code float} a {@code double}, so that a
 * mistake in the production code is a mistake here too.
 */
public final class DoubleKernels {
  private static final Path SOURCE =
      Path.of("src/main/java/org/surmala/model/nn/FloatKernels.java");
  private static final Kernels<double[]> INSTANCE = generate();

  private DoubleKernels() {}

  public static Kernels<double[]> create() {
    return INSTANCE;
  }

  /** What differs between the precisions: types, literals, and the names of BLAS. */
  private static String inDoubles(String source) {
    return source
        .replaceAll("\\bfloat\\b", "double")
        .replaceAll("(\\d)f\\b", "$1")
        .replace("FloatKernels", "GeneratedKernels")
        .replace("FloatPointer", "DoublePointer")
        .replace("Float.MAX_VALUE", "Double.MAX_VALUE")
        .replace("DataType.FLOAT", "DataType.DOUBLE")
        .replace("cblas_sgemm", "cblas_dgemm")
        // The rows of a table are floats in either precision.
        .replace("load(double[] from", "load(float[] from");
  }

  @SuppressWarnings("unchecked")
  private static Kernels<double[]> generate() {
    try {
      Class<?> kernels = null;
      for (Map.Entry<String, byte[]> compiled : compile(inDoubles(Files.readString(SOURCE)))) {
        Class<?> defined = MethodHandles.lookup().defineClass(compiled.getValue());
        kernels = compiled.getKey().endsWith("GeneratedKernels") ? defined : kernels;
      }
      return (Kernels<double[]>)
          Objects.requireNonNull(kernels).getDeclaredConstructor().newInstance();
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException("no double kernels can be made from " + SOURCE, e);
    }
  }

  private static Iterable<Map.Entry<String, byte[]>> compile(String source) {
    Map<String, ByteArrayOutputStream> outputs = new LinkedHashMap<>();
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    JavaFileManager inMemory =
        new ForwardingJavaFileManager<JavaFileManager>(
            compiler.getStandardFileManager(null, null, null)) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(
                URI.create("memory:///" + name + kind.extension), kind) {
              @Override
              public OutputStream openOutputStream() {
                return outputs.computeIfAbsent(name, key -> new ByteArrayOutputStream());
              }
            };
          }
        };
    JavaFileObject input =
        new SimpleJavaFileObject(
            URI.create("memory:///GeneratedKernels.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options =
        List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"));
    if (!compiler.getTask(null, inMemory, null, options, null, List.of(input)).call()) {
      throw new IllegalStateException("the double kernels made from " + SOURCE + " do not compile");
    }
    return outputs.entrySet().stream()
        .map(output -> Map.entry(output.getKey(), output.getValue().toByteArray()))
        .toList();
  }
}
