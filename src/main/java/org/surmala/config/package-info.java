/**
 * From option text (YAML files and {@code --set}) to validated configuration: each key with its
 * range, default and help.
 */
@NullMarked
package org.surmala.config;

import org.jspecify.annotations.NullMarked;
