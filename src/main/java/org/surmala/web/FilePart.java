package org.surmala.web;

import java.nio.file.Path;

/**
 * A part of a file.
 *
 * @param file path without symbolic links
 * @param first number of the first byte, from 0
 */
record FilePart(Path file, long first, long length) {}
