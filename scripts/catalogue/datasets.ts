import type { Zoo } from '../../src/models/zoo/schema.ts';

/** The data sets of the zoo: how people call them, and on what terms their pictures come. */
export const DATASETS: Zoo['datasets'] = {
  'imagenet-1k': {
    title: 'ImageNet-1k',
    terms:
      'The pictures may be used for non-commercial research and education; whether that binds networks trained on them is not settled.',
  },
  'cifar-10': { title: 'CIFAR-10', terms: 'The data set carries no explicit licence.' },
  voc: {
    title: 'PASCAL VOC',
    terms: 'The pictures come from Flickr and stay under its terms of use.',
  },
  coco: {
    title: 'COCO',
    terms:
      'Annotations are CC BY 4.0; the pictures come from Flickr and stay under its terms of use.',
  },
  ade20k: {
    title: 'ADE20K',
    terms:
      'Annotations are BSD-3-Clause; the pictures may be used for non-commercial research and education.',
  },
  cityscapes: {
    title: 'Cityscapes',
    terms: 'Free for non-commercial use only, such as research and teaching.',
  },
  'mhp-v1': { title: 'MHP v1', terms: 'Free for academic, non-commercial use.' },
  'kinetics-400': {
    title: 'Kinetics-400',
    terms:
      'Annotations are CC BY 4.0; the clips come from YouTube and stay under its terms of use.',
  },
  'kinetics-700': {
    title: 'Kinetics-700',
    terms:
      'Annotations are CC BY 4.0; the clips come from YouTube and stay under its terms of use.',
  },
  ucf101: {
    title: 'UCF101',
    terms: 'The clips come from YouTube; the data set carries no explicit licence.',
  },
  hmdb51: {
    title: 'HMDB51',
    terms: 'Annotations are CC BY 4.0; the clips come from films and the web.',
  },
  sthsthv2: { title: 'Something-Something V2', terms: 'Free for academic research.' },
  kitti: { title: 'KITTI', terms: 'CC BY-NC-SA 3.0: non-commercial use only.' },
  otb: { title: 'OTB-2015', terms: 'The data set carries no explicit licence.' },
};
