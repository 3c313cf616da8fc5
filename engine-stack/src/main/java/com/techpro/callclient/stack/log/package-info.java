// SPDX-License-Identifier: Apache-2.0
/** The names of the engine's loggers. */
@NullMarked
package com.techpro.callclient.stack.log;

import org.jspecify.annotations.NullMarked;
