package org.surmala.model.nn;

/**
 * The shape of an image and of the windows of a convolution: one window at every {@code stride}-th
 * position in each direction, with zero padding of {@code (kernel - 1) / 2} at the top and left and
 * as needed at the bottom and right. Values are stored row by row, channels innermost.
 *
 * @param height rows
 * @param width columns
 * @param channels values at each position
 */
public record ConvShape(int height, int width, int channels, int kernel, int stride) {
  int padding() {
    return (kernel - 1) / 2;
  }

  /** Number of window rows. */
  public int windowRows() {
    return windows(height);
  }

  /** Number of window columns. */
  public int windowColumns() {
    return windows(width);
  }

  private int windows(int length) {
    return (length - 1) / stride + 1;
  }

  /** Number of windows. */
  public int windows() {
    return windowRows() * windowColumns();
  }

  /** Values in a window. */
  public int windowValues() {
    return kernel * kernel * channels;
  }

  /** Values in the image. */
  public int values() {
    return height * width * channels;
  }
}
