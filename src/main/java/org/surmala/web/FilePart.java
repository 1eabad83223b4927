package org.surmala.web;

import java.nio.file.Path;

/**
 * Some bytes of a file.
 *
 * @param file without symbolic links
 * @param first number of the first byte, from 0
 */
record FilePart(Path file, long first, long length) {}
