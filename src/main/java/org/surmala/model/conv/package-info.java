/** From log-mel patches to embeddings by a convolutional VAE. */
@NullMarked
package org.surmala.model.conv;

import org.jspecify.annotations.NullMarked;
