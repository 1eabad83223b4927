/** From lyrics, alone or with features, to embeddings. */
@NullMarked
package org.surmala.model.text;

import org.jspecify.annotations.NullMarked;
