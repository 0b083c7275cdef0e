/** Backgrounds of the reference, light and dark, which the accents of the configuration are read on. */
export const backgrounds = { light: "#ffffff", dark: "#0d1117" } as const;

/** Contrast that WCAG 2 requires of text at level AA. */
export const requiredContrast = 4.5;

/**
 * Contrast ratio of two colors by WCAG 2.
 *
 * @param first color as `#` and six hexadecimal digits, like `second`.
 * @returns a number from 1 to 21.
 */
export function contrast(first: string, second: string): number {
  const [darker = 0, lighter = 0] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
