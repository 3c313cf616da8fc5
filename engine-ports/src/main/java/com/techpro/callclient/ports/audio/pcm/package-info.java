// SPDX-License-Identifier: Apache-2.0
/** Arithmetic on linear sound that the engine and the adapters of its audio port share. Not for hosts. */
@NullMarked
package com.techpro.callclient.ports.audio.pcm;

import org.jspecify.annotations.NullMarked;
