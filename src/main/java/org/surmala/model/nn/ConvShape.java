package org.surmala.model.nn;

/**
 * An image and the windows that a convolution sees of it: every {@code stride}-th place in each
 * direction, with a border of zeros of {@code (kernel - 1) / 2} at the top and left and as much as
 * is needed at the bottom and right. Values lie row by row, and those of one place's channels
 * beside each other.
 *
 * @param height rows
 * @param width columns
 * @param channels values at each position
 */
public record ConvShape(int height, int width, int channels, int kernel, int stride) {
  int padding() {
    return (kernel - 1) / 2;
  }

  /** Rows of windows: each pixel of the image is in a window or beside one. */
  public int windowRows() {
    return windows(height);
  }

  /** Columns of windows. */
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
