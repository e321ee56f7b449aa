/**
 * Time: the clock that is injected everywhere, and the watermarks of splits. Depends on nothing.
 */
package io.headrace.kernel.time;
