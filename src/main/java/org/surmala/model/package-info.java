/**
 * From rows of features to embeddings: the interface of a representation, and the registry of all
 * kinds.
 */
@NullMarked
package org.surmala.model;

import org.jspecify.annotations.NullMarked;
