package org.surmala.model.nn;

/** Activation functions of hidden layers. The derivative of each can be computed from its value. */
public enum Activation {
  /** max(0, x). */
  RELU,
  /** x above 0, exp(x) - 1 below (Clevert et al., 2016; α = 1). */
  ELU,
  /** The hyperbolic tangent. */
  TANH
}
