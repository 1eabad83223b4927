/**
 * From samples to the embedding of a pretrained model of the user: the front end of its preset,
 * ONNX Runtime, pooling. No files and no dataflow.
 */
@NullMarked
package org.surmala.model.onnx;

import org.jspecify.annotations.NullMarked;
