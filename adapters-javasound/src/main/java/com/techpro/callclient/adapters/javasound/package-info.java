// SPDX-License-Identifier: Apache-2.0
/** The audio port on {@code javax.sound.sampled}. */
@NullMarked
package com.techpro.callclient.adapters.javasound;

import org.jspecify.annotations.NullMarked;
