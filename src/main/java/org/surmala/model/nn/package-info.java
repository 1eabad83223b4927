/** From batches to gradients and updated weights: layers, kernels, Adam and the training loop. */
@NullMarked
package org.surmala.model.nn;

import org.jspecify.annotations.NullMarked;
