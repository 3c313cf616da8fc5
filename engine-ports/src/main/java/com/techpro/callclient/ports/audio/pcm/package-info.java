// SPDX-License-Identifier: Apache-2.0
/**
 * Linear PCM arithmetic that the engine and the adapters of its audio port share. Not for hosts.
 */
@NullMarked
package com.techpro.callclient.ports.audio.pcm;

import org.jspecify.annotations.NullMarked;
