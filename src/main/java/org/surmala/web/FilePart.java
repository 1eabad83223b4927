package org.surmala.web;

import java.nio.file.Path;

/** A part of a file, whose path has no symbolic links. */
record FilePart(Path file, long first, long length) {}
