// SPDX-License-Identifier: Apache-2.0
/** Arithmetic on 16-bit linear sound: sample layouts. */
@NullMarked
package com.techpro.callclient.adapters.javasound.pcm;

import org.jspecify.annotations.NullMarked;
