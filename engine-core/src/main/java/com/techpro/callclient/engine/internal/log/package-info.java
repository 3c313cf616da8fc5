// SPDX-License-Identifier: Apache-2.0
/** The names of the engine's loggers. */
@NullMarked
package com.techpro.callclient.engine.internal.log;

import org.jspecify.annotations.NullMarked;
