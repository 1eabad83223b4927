/**
 * From rows of features to embeddings: what a representation is, and the registry of all of them.
 */
@NullMarked
package org.surmala.model;

import org.jspecify.annotations.NullMarked;
