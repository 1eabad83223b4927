/** From feature vectors to embeddings by dense autoencoders: AE, VAE, neighbour VAE, VaDE. */
@NullMarked
package org.surmala.model.dense;

import org.jspecify.annotations.NullMarked;
