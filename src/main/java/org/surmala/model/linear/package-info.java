/** From feature vectors to embeddings by linear maps: raw features and PCA. */
@NullMarked
package org.surmala.model.linear;

import org.jspecify.annotations.NullMarked;
